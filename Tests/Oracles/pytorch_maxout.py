"""Measures one maxout training step in PyTorch, eager, on the CPU: the figure to compare ours with.

The step is the one that the bench command times: batch 128, 784 - maxout 240x5 - maxout 240x5 - 10,
input dropout (keep 0.8, not rescaled), hidden dropout (keep 0.5), cross-entropy, gradients, SGD with
momentum, and the cap on the norm of each unit's incoming weights.

    env -u OPENBLAS_NUM_THREADS python3 Tests/Oracles/pytorch_maxout.py [threads]
"""

import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCH, UNITS, PIECES, CAP = 128, 240, 5, 1.9365


class Maxout(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.linear = nn.Linear(inputs, UNITS * PIECES)

    def forward(self, x):
        return self.linear(x).view(-1, UNITS, PIECES).max(dim=2).values


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = Maxout(784), Maxout(UNITS)
        self.last = nn.Linear(UNITS, 10)

    def forward(self, x):
        x = x * (torch.rand_like(x) < 0.8)
        x = F.dropout(self.first(x), 0.5)
        x = F.dropout(self.second(x), 0.5)
        return self.last(x)


def main():
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
    torch.manual_seed(0)
    network = Network()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.5)
    matrices = [p for p in network.parameters() if p.dim() == 2]
    x, labels = torch.rand(BATCH, 784), torch.arange(BATCH) % 10

    def step():
        optimizer.zero_grad()
        F.cross_entropy(network(x), labels).backward()
        optimizer.step()
        with torch.no_grad():
            for w in matrices:
                norms = w.norm(dim=1, keepdim=True)
                w.mul_(norms.clamp(max=CAP).div_(norms))

    for _ in range(20):
        step()
    times = []
    for _ in range(300):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    median = statistics.median(times)
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads: "
          f"{median * 1e3:.3f} ms a step, {BATCH / median:.0f} samples/s")


if __name__ == "__main__":
    main()
