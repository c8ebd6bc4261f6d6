"""Writes GoldenValues.swift: hidden states of a tiny BERT by transformers. Run: python golden.py > GoldenValues.swift"""
import torch
from transformers import BertConfig, BertModel


def parameter(index, name, shape):
    """The same numbers as `TinyModel.values`: exact in fp32 arithmetic on both sides."""
    j = torch.arange(torch.Size(shape).numel())
    noise = ((index * 7919 + j * 104729) % 2003).to(torch.float32) / 2003 - 0.5
    return (noise + (1 if name.endswith("LayerNorm.weight") else 0)).reshape(shape)


def states(activation):
    config = BertConfig(vocab_size=32, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
                        max_position_embeddings=16, type_vocab_size=2, layer_norm_eps=1e-5, hidden_act=activation)
    model = BertModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for index, (name, value) in enumerate(model.named_parameters()):
            value.copy_(parameter(index, name, value.shape))
        rows = [[], [], []]
        for ids, types in (([2, 5, 9, 31, 3], [0, 0, 0, 1, 1]), ([2, 7, 3], [0, 0, 0])):
            out = model(input_ids=torch.tensor([ids]), token_type_ids=torch.tensor([types]), output_hidden_states=True)
            for layer, state in enumerate(out.hidden_states):
                rows[layer] += state[0].tolist()
    return rows


def main():
    print("/// Hidden states of the tiny model by transformers' BertModel: [layer][token][hidden]. Written by golden.py.")
    print("enum GoldenValues {")
    for act, layers in (("gelu", (0, 1, 2)), ("gelu_new", (2,)), ("relu", (2,))):
        s = states(act)
        print(f"    static let {''.join(p.title() if i else p for i, p in enumerate(act.split('_')))}: [Int: [[Double]]] = [")
        for layer in layers:
            print(f"        {layer}: [")
            for row in s[layer]:
                print("            [" + ", ".join(f"{v:.6f}" for v in row) + "],")
            print("        ],")
        print("    ]")
    print("}")


if __name__ == "__main__":
    main()
