import pytest

CHARACTERS = (
    "水管漏没人修自来停了三天压太小洗不澡费收得明白路面坑洼摔村道有硬化灯亮看见大车坏公第次反映，。"
)


@pytest.fixture(scope="session")
def tiny_bert(tmp_path_factory):
    """A BERT encoder of 30,000 random weights with one piece per character, as a local folder."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("tiny-bert")
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(CHARACTERS)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    transformers.BertTokenizerFast(vocab=vocabulary, model_max_length=64).save_pretrained(folder)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = transformers.BertConfig(
            vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2,
            num_attention_heads=2, intermediate_size=64, max_position_embeddings=64,
        )  # fmt: skip
        transformers.BertModel(config).save_pretrained(folder)
    return folder
