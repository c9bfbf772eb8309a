"""Who owns a result, how far it has come, what is owed and due."""
