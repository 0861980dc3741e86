"""Text: cleaning, sentences and tokens with offsets into the original, and the normal forms that names are compared by."""
