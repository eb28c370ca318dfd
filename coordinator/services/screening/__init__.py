"""Facts and questions of donors, decisions about medicines, the call list."""
