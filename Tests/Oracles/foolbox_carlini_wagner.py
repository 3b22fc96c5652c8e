"""Writes the distances that FoolboxOracleTests checks the L2 attack against: Foolbox, in PyTorch.

The networks and images are those of pytorch_fgsm.py; labels are what the networks answer.

    python3 Tests/Oracles/foolbox_carlini_wagner.py > Tests/Oracles/foolbox_carlini_wagner.json
"""

import json

import foolbox
import torch

import pytorch_fgsm as networks


class Model(torch.nn.Module):
    """A network in single precision, as Foolbox wants it."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        return self.network(x.double()).float()


def case(name, network, salt, confidence):
    x = ((networks.tensor([networks.IMAGES, networks.INPUTS], salt) + 1) * 128).floor() / 256
    model = foolbox.PyTorchModel(Model(network).eval(), bounds=(0, 1), device="cpu")
    labels = network(x).argmax(dim=1)
    attack = foolbox.attacks.L2CarliniWagnerAttack(
        binary_search_steps=9, steps=1000, stepsize=0.01, confidence=confidence,
        initial_const=1e-3, abort_early=False,
    )
    start = x.float()
    _, found, fooled = attack(model, start, labels, epsilons=None)
    return {
        "name": name,
        "salt": salt,
        "confidence": confidence,
        "labels": labels.tolist(),
        "fooled": fooled.tolist(),
        "distances": (found - start).norm(dim=1).tolist(),
    }


if __name__ == "__main__":
    cases = [
        case("smooth", networks.smooth_network, 31, 0.0),
        case("maxout", networks.maxout_network, 32, 0.0),
        case("maxout", networks.maxout_network, 33, 0.5),
    ]
    print(json.dumps(cases, indent=1))
