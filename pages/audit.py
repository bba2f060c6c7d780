"""审计日志: who saw and took what, for the audit role."""

import streamlit as st

from pages.shared.audit import log_page
from pages.shared.markup import html
from pages.shared.sign_in import authenticate

st.html(html.title("审计日志", "查看与导出记录", demonstration=False))
log_page.show(authenticate.user())
