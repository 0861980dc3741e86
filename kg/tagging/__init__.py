"""The statistical tagger: what lists and patterns cannot know, learnt from annotated sentences.

A linear-chain conditional random field (Lafferty, McCallum & Pereira 2001) over the tokens of a sentence. `features` describes the
tokens, `scores` adds up what that weighs, `crf` finds the best labels, `model` does all of it; `kg.extract.tagger` turns labels into
candidates. Trained by `tools/train_tagger.py` with CRFsuite (N. Okazaki); `docs/quality.md` has the figures.
"""
