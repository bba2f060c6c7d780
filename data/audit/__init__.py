"""The audit log: who saw or took what, when, from where. Append-only and chained by hashes."""

from data.audit.address import address
from data.audit.chain import Fault, verify
from data.audit.entry import SCOPE, AuditError
from data.audit.log import append
from data.audit.records import read
from data.china import CHINA

__all__ = ["CHINA", "SCOPE", "AuditError", "Fault", "address", "append", "read", "verify"]
