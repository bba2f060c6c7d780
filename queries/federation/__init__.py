"""A province's store from its cities' stores: signed parcels of counts, checked and added up."""
