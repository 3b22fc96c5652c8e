"""Measures one training step of the dense VAE in PyTorch, eager, on the CPU: the figure to compare
ours with.

The step is the one that the bench command times: batch 128, 784 - 512 - 50 and back, Bernoulli
likelihood, one draw an image, Adam.

    env -u OPENBLAS_NUM_THREADS python3 Tests/Oracles/pytorch_vae.py [threads]
"""

import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCH, HIDDEN, LATENT = 128, 512, 50


def main():
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
    torch.manual_seed(0)
    encoder = nn.Sequential(nn.Linear(784, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 2 * LATENT))
    decoder = nn.Sequential(nn.Linear(LATENT, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 784))
    parameters = list(encoder.parameters()) + list(decoder.parameters())
    optimizer = torch.optim.Adam(parameters, lr=1e-3)
    x = torch.rand(BATCH, 784)

    def step():
        optimizer.zero_grad()
        mean, log_variance = encoder(x).chunk(2, dim=1)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        loss = F.binary_cross_entropy_with_logits(decoder(z), x, reduction="sum")
        divergence = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum()
        ((loss + divergence) / BATCH).backward()
        optimizer.step()

    for _ in range(20):
        step()
    times = []
    for _ in range(9):
        start = time.perf_counter()
        for _ in range(20):
            step()
        times.append((time.perf_counter() - start) / 20)
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads:"
          f" {BATCH / statistics.median(times):,.0f} samples/s")


if __name__ == "__main__":
    main()
