"""Tables of rows: model, columns, filters, search, what is remembered of them."""
