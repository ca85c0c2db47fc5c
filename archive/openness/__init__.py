"""Everything about one municipality, for a request under the Wet open overheid: readable, with every draft marked."""
