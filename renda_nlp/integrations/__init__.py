"""Adapters to the libraries that others build on: spaCy, datasets, transformers, scikit-learn, Spark.

They hold no logic of their own; each imports its library only when it is asked for.
"""
