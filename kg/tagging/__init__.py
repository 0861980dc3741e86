"""The statistical tagger: what lists and patterns cannot know, learnt from annotated sentences.

A linear-chain conditional random field (Lafferty, McCallum & Pereira 2001; CRFsuite by N. Okazaki) over the tokens of a sentence.
`features` describes the tokens, `model` applies the trained weights; `kg.extract.tagger` turns its labels into candidates.
Trained by `tools/train_tagger.py`; `docs/quality.md` has the figures.
"""
