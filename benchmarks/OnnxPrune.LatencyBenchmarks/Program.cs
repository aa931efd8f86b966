using OnnxPrune.LatencyBenchmarks;

foreach (string name in args.Length > 0 ? args : ["resnet20-cifar10", "resnet18", "mobilenet_v2", "bert_small"]) Speedups.Print(name, Console.Out);
