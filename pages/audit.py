"""审计日志: who saw and took what, for the audit role."""

import streamlit as st

from pages.shared import audit_log, look, sign_in

st.html(look.title("审计日志", "谁在何时看了什么、导出了什么？", demonstration=False))
audit_log.show(sign_in.user())
