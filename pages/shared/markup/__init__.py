"""HTML and CSS of the pages, and the watermark over them. Asks for no figure."""
