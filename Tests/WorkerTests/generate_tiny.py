"""Writes a tiny model that uses all of a sentence-transformers folder, and what sentence-transformers makes of it.

    python3 -m pip install sentence-transformers
    python3 generate_tiny.py tiny

Two layers of eight columns, random weights, a vocabulary that keeps case under a pipeline that does not, cls and mean
pooling without the prompt, a dense layer, normalization, and two prompts.
"""

import json
import pathlib
import sys

import numpy
import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Dense, Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel

folder = pathlib.Path(sys.argv[1])
model_folder = folder / "model"
model_folder.mkdir(parents=True, exist_ok=True)

pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list("abcdefghijklmnopqrstuvwxyzE.?:é")
pieces += ["##" + letter for letter in "abcdefghijklmnopqrstuvwxyz"] + ["the", "river", "##ing", "query"]
vocabulary = model_folder / "vocab.txt"
vocabulary.write_text("\n".join(pieces) + "\n", "utf-8")
(model_folder / "tokenizer_config.json").write_text(
    json.dumps({"tokenizer_class": "BertTokenizer", "do_lower_case": False, "model_max_length": 32}) + "\n")

torch.manual_seed(20261128)
config = BertConfig(
    vocab_size=len(pieces), hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
    max_position_embeddings=32, hidden_act="gelu_new", initializer_range=0.5)
BertModel(config, add_pooling_layer=False).save_pretrained(model_folder)

transformer = Transformer(str(model_folder), max_seq_length=24, do_lower_case=True)
pooling = Pooling(8, pooling_mode=("cls", "mean"), include_prompt=False)
dense = Dense(16, 3, activation_function=torch.nn.Tanh())
model = SentenceTransformer(
    modules=[transformer, pooling, dense, Normalize()], prompts={"query": "query: ", "none": ""},
    default_prompt_name="none", device="cpu")

# The folder as releases before the fifth wrote it: flags, and the limits of the tokenizer beside them.
(model_folder / "modules.json").write_text(json.dumps([
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"},
    {"idx": 3, "name": "3", "path": "3_Normalize", "type": "sentence_transformers.models.Normalize"}], indent=1) + "\n")
(model_folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 24, "do_lower_case": True}) + "\n")
(model_folder / "config_sentence_transformers.json").write_text(
    json.dumps({"prompts": model.prompts, "default_prompt_name": "none"}) + "\n")
(model_folder / "1_Pooling").mkdir(exist_ok=True)
(model_folder / "1_Pooling" / "config.json").write_text(json.dumps({
    "word_embedding_dimension": 8, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True,
    "include_prompt": False}) + "\n")
(model_folder / "2_Dense").mkdir(exist_ok=True)
(model_folder / "2_Dense" / "config.json").write_text(json.dumps({
    "in_features": 16, "out_features": 3, "bias": True,
    "activation_function": "torch.nn.modules.activation.Tanh"}) + "\n")
save_file({f"linear.{name}": value.detach().clone() for name, value in dense.linear.named_parameters()},
          model_folder / "2_Dense" / "model.safetensors")

texts = ["the river", "The RIVER", "", "a quErying éEÉ.", "the river is zzz?", "rivering " * 20, "x"]
model = SentenceTransformer(str(model_folder), device="cpu")
(folder / "texts.json").write_text(json.dumps(texts) + "\n")
tokens = [len(model.preprocess([text])["input_ids"][0]) for text in texts]
(folder / "tokens.json").write_text(json.dumps(tokens) + "\n")
for name in ["none", "query"]:
    vectors = numpy.stack([model.encode(text, prompt_name=name) for text in texts]).astype("<f4")
    numpy.save(folder / ("vectors.npy" if name == "none" else "query.npy"), vectors)
print(tokens, vectors)
