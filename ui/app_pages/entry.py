"""entry."""

import streamlit as st

st.title("entry")
