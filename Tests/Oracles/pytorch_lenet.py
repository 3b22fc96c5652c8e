"""Measures LeNet in PyTorch, eager, on the CPU: the figures to compare ours with.

The network and the work are those of the bench command: convolution 20 5x5, pool, convolution 50 5x5,
pool, 500, 10, with ReLU; one step of SGD with momentum at batch 128, and the input gradient at batch
256. Both memory formats are measured, because which is faster depends on the version. Processor time
is printed beside the elapsed time: on a machine that is shared it is the steadier of the two.

    env -u OPENBLAS_NUM_THREADS python3 Tests/Oracles/pytorch_lenet.py [threads] [seconds a case]
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def network():
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10))


def images(count, memory_format):
    x = torch.rand(count, 1, 28, 28).to(memory_format=memory_format)
    return x, torch.arange(count) % 10


def training(memory_format):
    model = network().to(memory_format=memory_format)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    x, labels = images(128, memory_format)

    def step():
        optimizer.zero_grad()
        F.cross_entropy(model(x), labels).backward()
        optimizer.step()

    return step, 128


def input_gradient(memory_format):
    model = network().to(memory_format=memory_format)
    x, labels = images(256, memory_format)
    x.requires_grad_()
    return lambda: torch.autograd.grad(F.cross_entropy(model(x), labels), x), 256


def measure(name, step, count, seconds):
    for _ in range(5):
        step()
    elapsed, processor, end = [], [], time.perf_counter() + seconds
    while len(elapsed) < 5 or time.perf_counter() < end:
        start = time.perf_counter(), time.process_time()
        step()
        elapsed.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    median, best = sorted(elapsed)[len(elapsed) // 2], min(elapsed)
    print(f"{name}: {count / median:.0f} samples/s (best {count / best:.0f}), "
          f"{min(processor) * 1e3:.2f} ms of processor time")


def main():
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3
    torch.manual_seed(0)
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads")
    for format_name in ("contiguous_format", "channels_last"):
        memory_format = getattr(torch, format_name)
        for work in (training, input_gradient):
            measure(f"{work.__name__}, {format_name}", *work(memory_format), seconds)


if __name__ == "__main__":
    main()
