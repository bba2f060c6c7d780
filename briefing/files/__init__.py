"""An exhibit, or a deck of them, as a file: tables, workbook, Word, images. Chooses nothing."""
