"""Tone advice on an employer's own sentence: four rules, word lists for Swedish and English, and no language model.

It advises and never hinders: `advice.tone_advice` says what to look at once more, and the sentence is sent as it is
written whenever the employer wants. Source: design "Tone advice".
"""
