"""Registry → stored days: the run, their order, sanity checks before publishing, the manifest."""
