"""Writes the numbers that PyTorchOracleTests checks FGSM against: PyTorch, in double precision.

Weights, pixels and labels come from a formula that both sides know and whose values are exact in
single precision, so nothing of this project enters the fixture.

    python3 Tests/Oracles/pytorch_fgsm.py > Tests/Oracles/pytorch_fgsm.json
"""

import json

import torch

IMAGES, INPUTS, EPSILON = 6, 20, 0.25


def numbers(count, salt):
    """Multiples of 1/2048 from -1 to 1, by a multiplicative hash of the index."""
    return [
        (((i + 1) * 2654435761 + salt * 40503) % 2**32 >> 20) / 2048 - 1 for i in range(count)
    ]


def tensor(shape, salt, scale=1.0):
    count = 1
    for size in shape:
        count *= size
    return torch.tensor(numbers(count, salt), dtype=torch.float64).reshape(shape) * scale


def maxout(x, w, b, pieces):
    return (x @ w.T + b).reshape(x.shape[0], -1, pieces).max(dim=2).values


def maxout_network(x):
    h = maxout(x, tensor([18, INPUTS], 1), tensor([18], 2), 3)
    h = maxout(h, tensor([10, 6], 3), tensor([10], 4), 2)
    return h @ tensor([4, 5], 5).T + tensor([4], 6)


def smooth_network(x):
    h = torch.tanh(x @ tensor([7, INPUTS], 11).T + tensor([7], 12))
    h = torch.sigmoid(h @ tensor([6, 7], 13).T + tensor([6], 14))
    return h @ tensor([3, 6], 15).T + tensor([3], 16)


def logistic_regression(x):
    return x @ tensor([1, INPUTS], 21).T + tensor([1], 22)


def loss(logits, labels):
    if logits.shape[1] == 1:
        return torch.nn.functional.binary_cross_entropy_with_logits(
            logits[:, 0], labels.double(), reduction="none"
        )
    return torch.nn.functional.cross_entropy(logits, labels, reduction="none")


def case(name, model, salt):
    # Pixels are multiples of 1/256 in 0...1, exact in single precision as well.
    x = ((tensor([IMAGES, INPUTS], salt) + 1) * 128).floor() / 256
    x.requires_grad_(True)
    logits = model(x)
    classes = max(logits.shape[1], 2)
    labels = torch.arange(IMAGES) % classes
    losses = loss(logits, labels)
    (gradient,) = torch.autograd.grad(losses.sum(), x)
    assert gradient.abs().min() > 1e-7, "a sign is too close to call in single precision"
    attacked = model(x.detach() + EPSILON * gradient.sign())

    def rounded(t):
        return [float(f"{v:.12g}") for v in t.detach().flatten().tolist()]

    return {
        "name": name,
        "salt": salt,
        "logits": rounded(logits),
        "losses": rounded(losses),
        "gradient": rounded(gradient),
        "attackedLogits": rounded(attacked),
        "attackedLosses": rounded(loss(attacked, labels)),
    }


if __name__ == "__main__":
    print(
        json.dumps(
            [
                case("maxout", maxout_network, 7),
                case("smooth", smooth_network, 17),
                case("logistic", logistic_regression, 23),
            ]
        )
    )
