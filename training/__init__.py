"""Training of the Spanish pipeline `es_teletipo_news`: treebank in, spaCy model directory out."""
