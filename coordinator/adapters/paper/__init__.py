"""Paper that is sold, and files that go with paper: sheets of labels, calendars. PDFs are drawn next door."""
