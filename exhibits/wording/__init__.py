"""How the product speaks Chinese: numbers, names, definitions, faults, marks. Computes nothing."""
