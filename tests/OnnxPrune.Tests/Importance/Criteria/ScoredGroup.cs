using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Importance;

/// <summary>A group of a small model, and in plain loops which elements of which weights belong to each of its channels.</summary>
internal sealed class ScoredGroup
{
    private ScoredGroup(ModelAnalysis analysis, string id, IReadOnlyList<Occurrence> occurrences)
    {
        Analysis = analysis;
        Group = analysis.Groups.Single(g => g.Id == id);
        Occurrences = occurrences;
    }

    /// <summary>The model.</summary>
    public ModelAnalysis Analysis { get; }

    /// <summary>The group.</summary>
    public ChannelGroup Group { get; }

    /// <summary>Where it occurs.</summary>
    public IReadOnlyList<Occurrence> Occurrences { get; }

    public static ScoredGroup Named(string name)
    {
        var analysis = OnnxPrune.Testing.Analysis.Of(TextOf(name));
        Occurrence Of(string weight, int channels, bool produces, Func<int[], int> channel) =>
            Occurrence.Of(analysis, weight, channels, produces, channel);
        return name switch
        {
            "chain" => new(analysis, "w1[0]", [Of("w1", 6, true, i => i[0]), Of("b1", 6, false, i => i[0]), Of("w2", 6, false, i => i[1])]),
            "flattened" => new(analysis, "w2[0]", [Of("w2", 4, true, i => i[0]), Of("w3", 4, false, i => i[0] / 16)]),
            "concat, left" => new(analysis, "w1[0]", [Of("w1", 4, true, i => i[0]), Of("w3", 4, false, i => i[1] < 4 ? i[1] : -1)]),
            "concat, right" => new(analysis, "w2[0]", [Of("w2", 3, true, i => i[0]), Of("w3", 3, false, i => i[1] < 4 ? -1 : i[1] - 4)]),
            "in groups" => new(analysis, "w1[0]", [Of("w1", 4, true, i => i[0] % 4), Of("w2", 4, false, i => i[1])]),
            "depthwise" => new(analysis, "w1[0]", [Of("w1", 5, true, i => i[0]), Of("w2", 5, true, i => i[0]), Of("w3", 5, false, i => i[1])]),
            _ => new(analysis, "gate[1]", [Of("gate", 7, true, i => i[1]), Of("up", 7, true, i => i[1]), Of("down", 7, false, i => i[0])]),
        };
    }

    private static string TextOf(string name) => name switch
    {
        "chain" or "flattened" => """
            g (float[N,3,4,4] x) => (float[N,2] y) <float[6,3,3,3] w1 = normal 0.1, float[6] b1 = normal 0.1, float[4,6,3,3] w2 = normal 0.1, float[64,2] w3 = normal 0.1>
            { h = Conv <pads = [1,1,1,1]> (x, w1, b1) r = Relu(h) i = Conv <pads = [1,1,1,1]> (r, w2) s = Relu(i) f = Flatten(s) y = MatMul(f, w3) }
            """,
        "concat, left" or "concat, right" => """
            g (float[N,3,4,4] x) => (float[N,5,4,4] y) <float[4,3,1,1] w1 = normal 0.1, float[3,3,1,1] w2 = normal 0.1, float[5,7,1,1] w3 = normal 0.1>
            { h = Conv(x, w1) i = Conv(x, w2) c = Concat <axis = 1> (h, i) r = Relu(c) y = Conv(r, w3) }
            """,
        "in groups" => """
            g (float[N,3,4,4] x) => (float[N,6,4,4] y) <float[8,3,1,1] w1 = normal 0.1, float[6,4,3,3] w2 = normal 0.1>
            { h = Conv(x, w1) r = Relu(h) y = Conv <group = 2, pads = [1,1,1,1]> (r, w2) }
            """,
        "depthwise" => """
            g (float[N,3,4,4] x) => (float[N,2,4,4] y) <float[5,3,1,1] w1 = normal 0.1, float[5,1,3,3] w2 = normal 0.1, float[2,5,1,1] w3 = normal 0.1>
            { h = Conv(x, w1) r = Relu(h) d = Conv <group = 5, pads = [1,1,1,1]> (r, w2) s = Relu(d) y = Conv(s, w3) }
            """,
        _ => """
            g (float[N,3] x) => (float[N,3] y) <float[3,7] gate = normal 0.1, float[3,7] up = normal 0.1, float[7,3] down = normal 0.1>
            { a = MatMul(x, gate) s = Sigmoid(a) b = MatMul(x, up) m = Mul(s, b) y = MatMul(m, down) }
            """,
    };

    /// <summary>One occurrence: the elements of each channel, in the order of the tensor.</summary>
    internal sealed record Occurrence(IReadOnlyList<IReadOnlyList<double>> Channels, bool Produces, int Rank)
    {
        public static Occurrence Of(ModelAnalysis analysis, string weight, int channels, bool produces, Func<int[], int> channel)
        {
            var tensor = analysis.Graph.Initializers.First(v => v.Name == weight).Initializer!;
            double[] values = Tensors.Doubles(tensor);
            var found = Enumerable.Range(0, channels).Select(_ => new List<double>()).ToList();
            for (int i = 0; i < values.Length; i++)
            {
                var index = new int[tensor.Dims.Count];
                for (int axis = index.Length - 1, rest = i; axis >= 0; rest /= (int)tensor.Dims[axis], axis--)
                    index[axis] = rest % (int)tensor.Dims[axis];
                if (channel(index) is >= 0 and var own) found[own].Add(values[i]);
            }
            return new Occurrence(found, produces, tensor.Dims.Count);
        }
    }
}
