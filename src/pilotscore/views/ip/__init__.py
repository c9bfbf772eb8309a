"""IP rights and their periods."""
