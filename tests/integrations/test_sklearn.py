import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from renda_nlp import TopicClassifier
from renda_nlp.errors import ShapeError

X = [f"{text}{n}" for text in ("苹果好吃又甜", "香蕉好吃又软", "汽车跑得快", "火车跑得远") for n in range(6)]  # fmt: skip
Y = ["果"] * 12 + ["车"] * 12


@pytest.fixture(scope="module")
def fitted():
    return TopicClassifier(n_bits=12).fit(X, Y)


def test_it_follows_the_estimator_contract(fitted):
    assert TopicClassifier(n_bits=12).get_params() == {"n_bits": 12}
    assert clone(fitted).set_params(n_bits=13).n_bits == 13
    assert fitted.fit(X, Y) is fitted
    assert fitted.classes_.tolist() == ["果", "车"]
    assert fitted.score(X, Y) == 1.0
    with pytest.raises(NotFittedError):
        TopicClassifier().predict(X)


def test_probabilities_are_in_the_order_of_the_classes(fitted):
    found = fitted.predict_proba(X)
    assert found.shape == (24, 2)
    assert found.sum(axis=1) == pytest.approx(np.ones(24))
    assert fitted.classes_[found.argmax(axis=1)].tolist() == fitted.predict(X).tolist() == Y


def test_labels_keep_their_type_and_arrays_are_taken(fitted):
    numbers = np.array([0] * 12 + [7] * 12)
    made = TopicClassifier(n_bits=12).fit(np.array(X), numbers)
    assert made.classes_.tolist() == [0, 7]
    assert (made.predict(np.array(X)) == numbers).all()


def test_the_same_data_give_the_same_model_and_pickles_keep_it(fitted):
    again = TopicClassifier(n_bits=12).fit(X, Y)
    assert np.array_equal(again.predict_proba(X), fitted.predict_proba(X))
    assert np.array_equal(
        pickle.loads(pickle.dumps(fitted)).predict_proba(X), fitted.predict_proba(X)
    )


def test_weights_count(fitted):
    texts, labels = [*X, *["苹果好吃又甜"] * 2], [*Y, "车", "车"]
    light = TopicClassifier(n_bits=12).fit(texts, labels, sample_weight=[1.0] * 24 + [0.001] * 2)
    heavy = TopicClassifier(n_bits=12).fit(texts, labels, sample_weight=[1.0] * 24 + [90.0] * 2)
    assert light.predict(["苹果好吃又甜"])[0] == "果"
    assert heavy.predict(["苹果好吃又甜"])[0] == "车"


@pytest.mark.parametrize(("texts", "labels"), [(X, Y[:-1]), (X, ["果"] * 24), ([], [])])
def test_unusable_data_is_refused(texts, labels):
    with pytest.raises(ShapeError):
        TopicClassifier().fit(texts, labels)


@pytest.mark.slow
def test_it_works_in_pipelines_and_searches():
    strip = FunctionTransformer(lambda texts: [text.strip() for text in texts])
    line = make_pipeline(strip, TopicClassifier(n_bits=12))
    assert cross_val_score(line, X, Y, cv=3).mean() == 1.0
    search = GridSearchCV(TopicClassifier(), {"n_bits": [10, 12]}, cv=2).fit(X, Y)
    assert search.best_params_["n_bits"] in (10, 12)
