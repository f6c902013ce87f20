"""Optional offline models that each give one vote on who is named in a text. Nothing is fetched at run time."""
