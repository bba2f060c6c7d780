"""Ed25519 keys: a city signs with its own; the receiver takes parcels of the keys it lists."""

import base64
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from data.reference.place import path as place_file
from data.reference.place import place

#: Variable of the environment that holds a city's private key; no file, no argument.
VARIABLE = "SIGNING_KEY"

#: What every signature begins with, so that a key's signature of anything else is none of a parcel.
PURPOSE = b"social-assistance-board parcel 1\n"


class FederationError(Exception):
    """Nothing is signed, received or merged; the message says which store and why."""


def keygen() -> tuple[str, str]:
    """A new private key and its public key, both in base64."""
    key = Ed25519PrivateKey.generate()
    return _text(key.private_bytes_raw()), _text(key.public_key().public_bytes_raw())


def sign(content: bytes) -> str:
    """The signature of a parcel's sums with the key of the environment, in base64."""
    given = os.environ.get(VARIABLE, "")
    if not given:
        raise FederationError(f"{VARIABLE} is not set; python -m queries keygen makes a key")
    return _text(
        Ed25519PrivateKey.from_private_bytes(key_of(given, VARIABLE)).sign(PURPOSE + content)
    )


def signed(content: bytes, signature: bytes, key: bytes) -> bool:
    """Whether a signature (base64) is of this content, by the holder of a public key's twin."""
    try:
        raw = base64.b64decode(signature.strip(), validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(raw, PURPOSE + content)
    except (ValueError, InvalidSignature):
        return False
    return True


@dataclass(frozen=True)
class City:
    """A city that reports: its name and the public key that its parcels are signed with."""

    name: str
    key: bytes


@dataclass(frozen=True)
class Receiver:
    """Who receives: the province that place.toml names, and by code every city that it expects."""

    code: str
    name: str
    cities: Mapping[str, City]


def receiver(path: Path) -> Receiver:
    """The receiver's list (docs/federation.md); FederationError for one that names no cities."""
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
        cities = {
            code: City(str(city["name"]), key_of(city["key"], f"{path}: key of {code}"))
            for code, city in listed["cities"].items()
        }
        found = Receiver(place().code, place().name, cities)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FederationError(f"{path} is no list of cities: {error!r}") from error
    _check(found, path)
    return found


def _check(listed: Receiver, path: Path) -> None:
    if not place().is_province:
        raise FederationError(f"{place_file()} must name a province, such as 620000 甘肃省")
    if not listed.cities:
        raise FederationError(f"{path} is no list of cities: it names none")
    inside = re.compile(rf"{listed.code[:2]}(?!00)\d\d00")
    if strange := [code for code in listed.cities if not inside.fullmatch(code)]:
        raise FederationError(f"{path}: {', '.join(strange)} is no city of {listed.code}")
    if len({city.key for city in listed.cities.values()}) < len(listed.cities):
        raise FederationError(f"{path}: two cities have one key; each signs with its own")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def key_of(text: str, what: str) -> bytes:
    """The 32 bytes of a key; FederationError, which never repeats the key."""
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise FederationError(f"{what} is no Ed25519 key (32 bytes in base64)")
    return raw
