"""A regional input theme by theme, ready to be read."""


def names_of(themes):
    """Per key the name of a theme, as document.py wants it."""
    return {theme.key: theme.name for theme in themes}


def chapters(content, themes):
    """Per theme its part of a document and the names of its partners."""
    return [
        (
            theme,
            content["themes"].get(theme.key, {}),
            [row["name"] for row in content["partners"] if theme.key in row["themes"]],
        )
        for theme in themes
    ]
