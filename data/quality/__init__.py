"""Which rows count: rules, what is set aside and reported, `data check`. Writes to no registry."""
