using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <content>Layers: convolutions, normalisation, activation, gates, pooling and the head.</content>
internal sealed partial class ImageNetwork
{
    private Feature Conv(Feature x, long channels)
    {
        long kernel = Coin() ? 1 : 3;
        long[] dims = [channels, x.Channels, .. Spatial(kernel)];
        string w = random.Next(6) == 0 ? graph.WeightInDisguise(dims) : graph.Weight(dims);
        return new Feature(
            graph.Node("Conv", WithBias([x.Name, w], channels), kernel == 3 ? Attr.Ints("pads", [.. Spatial(1), .. Spatial(1)]) : null),
            channels,
            x.Size);
    }

    private string[] WithBias(string[] inputs, long channels) => Coin() ? [.. inputs, graph.Vector(channels, -0.5, 0.5)] : inputs;

    private Feature GroupedConv(Feature x)
    {
        long groups = Divisor(x.Channels);
        long channels = groups * random.Next(1, 4);
        string w = graph.Weight([channels, x.Channels / groups, .. Spatial(1)]);
        return new Feature(graph.Node("Conv", WithBias([x.Name, w], channels), Attr.Int("group", groups)), channels, x.Size);
    }

    private Feature Depthwise(Feature x)
    {
        long multiplier = random.Next(1, 3);
        string w = graph.Weight([x.Channels * multiplier, 1, .. Spatial(3)]);
        return new Feature(
            graph.Node("Conv", [x.Name, w], Attr.Int("group", x.Channels), Attr.Ints("pads", [.. Spatial(1), .. Spatial(1)])),
            x.Channels * multiplier,
            x.Size);
    }

    private Feature Transposed(Feature x)
    {
        if (x.Size > 8) return Pooled(x);
        long groups = Coin() ? 1 : Divisor(x.Channels), channels = groups * random.Next(1, 5);
        string w = graph.Weight([x.Channels, channels / groups, .. Spatial(2)]);
        return new Feature(
            graph.Node("ConvTranspose", WithBias([x.Name, w], channels), Attr.Ints("strides", Spatial(2)), Attr.Int("group", groups)),
            channels,
            2 * x.Size);
    }

    private Feature Normalised(Feature x) => x with
    {
        Name = Coin()
            ? graph.Node(
                "BatchNormalization",
                [
                    x.Name,
                    graph.Vector(x.Channels, 0.5, 1.5),
                    graph.Vector(x.Channels, -0.5, 0.5),
                    graph.Vector(x.Channels, -0.5, 0.5),
                    graph.Vector(x.Channels, 0.5, 1.5)])
            : graph.Node("InstanceNormalization", [x.Name, graph.Vector(x.Channels, 0.5, 1.5), graph.Vector(x.Channels, -0.5, 0.5)]),
    };

    // As exporters write GroupNormalization: groups as channels of an instance normalisation.
    private Feature NormalisedInGroups(Feature x)
    {
        long groups = Divisor(x.Channels);
        string apart = graph.Node("Reshape", [x.Name, graph.Ints(0, groups, -1)]);
        string normal = graph.Node("InstanceNormalization", [apart, graph.Vector(groups, 0.5, 1.5), graph.Vector(groups, -0.5, 0.5)]);
        string back = graph.Node("Reshape", [normal, Coin() ? graph.Node("Shape", [x.Name]) : graph.Ints([0, .. Shape(x.Channels, x.Size)])]);
        return x with { Name = graph.Node("Add", [graph.Node("Mul", [back, graph.Table(Shape(x.Channels, 1))]), graph.Table(Shape(x.Channels, 1))]) };
    }

    private Feature Activated(Feature x) => x with
    {
        Name = random.Next(8) switch
        {
            0 => graph.Node("Sigmoid", [x.Name]),
            1 => graph.Node("Mul", [x.Name, graph.Node("HardSigmoid", [x.Name])]),
            2 => graph.Node("PRelu", [x.Name, graph.Table(Shape(x.Channels, 1))]),
            3 => graph.Node("Clip", [x.Name, graph.Floats(0), graph.Floats(6)]),
            4 => graph.Node("LeakyRelu", [x.Name]),
            5 => graph.Node("Where", [graph.Node("Greater", [x.Name, graph.Floats(0)]), x.Name, graph.Node("Mul", [x.Name, graph.Floats(0.2)])]),
            6 => graph.Node("Mul", [x.Name, graph.Node("Tanh", [graph.Node("Softplus", [x.Name])])]),
            _ => graph.Node("Relu", [x.Name]),
        },
    };

    private Feature Gated(Feature x)
    {
        long hidden = Math.Max(2, x.Channels / 2);
        string pooled = Coin()
            ? graph.Node("GlobalAveragePool", [x.Name])
            : graph.Node("ReduceMean", [x.Name], Attr.Ints("axes", [.. Enumerable.Range(2, space)]));
        string gate;
        if (Coin())
        {
            string squeezed = graph.Node("Relu", [graph.Node("Conv", [pooled, graph.Weight([hidden, .. Shape(x.Channels, 1)])])]);
            gate = graph.Node("Conv", [squeezed, graph.Weight([x.Channels, .. Shape(hidden, 1)]), graph.Vector(x.Channels, -0.5, 0.5)]);
        }
        else
        {
            string squeezed = graph.Node(
                "Relu", [graph.Node("Gemm", [graph.Node("Flatten", [pooled]), graph.Weight(hidden, x.Channels)], Attr.Int("transB", 1))]);
            string excited = graph.Node("Gemm", [squeezed, graph.Weight(hidden, x.Channels), graph.Vector(x.Channels, -0.5, 0.5)]);
            gate = graph.Node("Reshape", [excited, Coin() ? graph.Ints([0, .. Shape(x.Channels, 1)]) : graph.Node("Shape", [pooled])]);
        }
        string weight = graph.Node("Sigmoid", [gate]);
        return x with { Name = graph.Node("Mul", Coin() ? [x.Name, weight] : [weight, x.Name]) };
    }

    private Feature Pooled(Feature x)
    {
        if (x.Size < 4 || x.Size % 2 != 0) return x with { Name = graph.Node("MaxPool", [x.Name], Attr.Ints("kernel_shape", Spatial(3)), Attr.Ints("pads", [.. Spatial(1), .. Spatial(1)])) };
        return x with { Name = graph.Node(Coin() ? "MaxPool" : "AveragePool", [x.Name], Attr.Ints("kernel_shape", Spatial(2)), Attr.Ints("strides", Spatial(2))), Size = x.Size / 2 };
    }

    private Feature Resized(Feature x)
    {
        if (x.Size > 8) return Pooled(x);
        var mode = Attr.Text("mode", Coin() || space == 3 ? "nearest" : "linear");
        string scales = graph.FloatList([1, 1, .. Spatial(2).Select(s => (double)s)]);
        string name = random.Next(3) switch
        {
            0 => graph.Node("Resize", [x.Name, "", scales], mode),
            1 =>
                graph.Node(
                    "Resize",
                    [
                        x.Name,
                        "",
                        "",
                        graph.Node(
                            "Concat",
                            [graph.Node("Slice", [graph.Node("Shape", [x.Name]), graph.Ints(0), graph.Ints(2)]), graph.Ints(Spatial(2 * x.Size))],
                            Attr.Int("axis", 0))],
                    mode),
            _ =>
                graph.Node(
                    "Resize",
                    [x.Name, "", "", graph.Node("Concat", [Dimension(x.Name, 0), graph.Ints(Shape(x.Channels, 2 * x.Size))], Attr.Int("axis", 0))],
                    mode),
        };
        return x with { Name = name, Size = 2 * x.Size };
    }

    private void Head(Feature x)
    {
        string features;
        long size = x.Channels;
        switch (random.Next(6))
        {
            case 0:
                graph.Output(Conv(x, 3).Name);
                return;
            case 1:
                features = graph.Node("Flatten", [graph.Node("GlobalAveragePool", [x.Name])]);
                break;
            case 2:
                features = graph.Node("Squeeze", [graph.Node("GlobalAveragePool", [x.Name]), graph.Ints([.. Enumerable.Range(2, space)])]);
                break;
            case 3:
                features = graph.Node("Reshape", [x.Name, graph.Node("Concat", [Dimension(x.Name, 0), graph.Ints(-1)], Attr.Int("axis", 0))]);
                size *= Pixels(x.Size);
                break;
            case 4:
                features = graph.Node("ReduceMax", [x.Name], Attr.Ints("axes", [.. Enumerable.Range(2, space)]), Attr.Int("keepdims", 0));
                break;
            default:
                features = graph.Node("Flatten", [x.Name]);
                size *= Pixels(x.Size);
                break;
        }
        long hidden = Channels();
        string inner = graph.Node(
            "Relu", [graph.Node("Gemm", [features, graph.Weight(hidden, size), graph.Vector(hidden, -0.5, 0.5)], Attr.Int("transB", 1))]);
        graph.Output(graph.Node("Gemm", [inner, graph.Weight(hidden, 5), graph.Vector(5, -0.5, 0.5)]));
    }
}
