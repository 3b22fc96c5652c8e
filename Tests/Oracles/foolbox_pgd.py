"""Writes the images that PGDOracleTests checks the iterated gradient against: Foolbox, in PyTorch.

The networks and images are those of pytorch_fgsm.py; labels are what the networks answer. Starts are
not random, because no two libraries draw the same numbers.

    python3 Tests/Oracles/foolbox_pgd.py > Tests/Oracles/foolbox_pgd.json
"""

import json

import foolbox

import pytorch_fgsm as networks
from foolbox_carlini_wagner import Model

ATTACKS = {
    "linf": foolbox.attacks.LinfProjectedGradientDescentAttack,
    "l2": foolbox.attacks.L2ProjectedGradientDescentAttack,
}


def case(name, network, salt, norm, epsilon, step, steps):
    x = ((networks.tensor([networks.IMAGES, networks.INPUTS], salt) + 1) * 128).floor() / 256
    model = foolbox.PyTorchModel(Model(network).eval(), bounds=(0, 1), device="cpu")
    labels = network(x).argmax(dim=1)
    attack = ATTACKS[norm](abs_stepsize=step, steps=steps, random_start=False)
    _, found, _ = attack(model, x.float(), labels, epsilons=epsilon)
    return {
        "name": name, "salt": salt, "norm": norm, "epsilon": epsilon, "step": step, "steps": steps,
        "labels": labels.tolist(), "images": [round(v, 6) for v in found.flatten().tolist()],
    }


if __name__ == "__main__":
    smooth, maxout = networks.smooth_network, networks.maxout_network
    print(json.dumps([
        case("smooth", smooth, 41, "linf", 0.1, 0.02, 20),
        case("smooth", smooth, 42, "l2", 0.5, 0.1, 20),
        case("maxout", maxout, 43, "linf", 0.05, 0.01, 10),
        case("maxout", maxout, 44, "l2", 0.3, 0.05, 10),
    ]))
