"""The way in from Excel: templates to fill in, files read or refused, batches of rows."""
