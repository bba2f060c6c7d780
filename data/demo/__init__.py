"""The demonstration registry: a synthetic prefecture of real places and invented people."""
