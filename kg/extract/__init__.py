"""Reading: from a document to the entities it names, with the words each rests on."""
