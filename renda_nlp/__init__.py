"""renda_nlp: from a folder of documents to the supervision topics of a local People's Congress."""
