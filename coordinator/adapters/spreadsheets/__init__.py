"""CSV and Excel files, in and out."""
