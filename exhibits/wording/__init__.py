"""How the product speaks Chinese: numbers, changes, names, definitions, faults, marks. No query."""
