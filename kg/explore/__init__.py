"""The explorer: where entities stand on the map, and what finds them."""
