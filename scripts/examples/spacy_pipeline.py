"""Our tokenizer, spans and topics in a spaCy pipeline (extra ``spacy``)."""

import spacy

from renda_nlp.integrations.spacy import SEGMENTER_CONFIG

TEXT = "高坎村自来水停了三天，请县水利局2025年3月底前修好管网，涉及180户、投资120万元。"


def main() -> None:
    """Build the pipeline and print what it finds."""
    nlp = spacy.blank("zh", config=SEGMENTER_CONFIG)
    nlp.add_pipe("renda_entities")
    nlp.add_pipe("renda_topics")
    doc = nlp(TEXT)
    print("词：", " ".join(token.text for token in doc))
    for span in doc.spans["renda"]:
        print(f"{span.label_}\t{span.text}\t{span.kb_id_}")
    print("主题：", doc._.opinion["topic_name"], doc._.opinion["intent"])


if __name__ == "__main__":
    main()
