using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Zoo;

/// <summary>A symbolic dimension that an exporter fixed to a number costs no coverage: what could be pruned before can be pruned after.</summary>
public class FixedDimensionTests
{
    // Half a point, in shares.
    private const double Tolerance = 0.005;

    // Sizes that exporters write, some of which are equal to numbers of heads, channels or windows of the topologies.
    private static readonly long[] Batches = [1, 2, 3, 4, 8, 32, 64];
    private static readonly long[] Sequences = [1, 2, 8, 16, 30, 64, 128];
    private static readonly long[] Images = [32, 64, 128, 224];

    public static TheoryData<string> Models => [.. Testing.Zoo.Names];

    // The choice changes with the name of the topology, never from run to run.
    [Theory]
    [InlineData("bert_small")]
    [InlineData("cifar_option_a")]
    [InlineData("espcn")]
    [InlineData("gpt2_small")]
    [InlineData("gru_bi")]
    [InlineData("nhwc_cnn")]
    [InlineData("unet_resize")]
    public void One_choice_of_sizes(string name)
    {
        var model = Testing.Zoo.LoadTopology(name);
        var choices = Choices(Symbols(model)).ToList();
        int index = (int)(new Testing.SplitMix64(Testing.SplitMix64.Seed(name)).Next() * choices.Count);
        Assert.Equal("", string.Join(Environment.NewLine, Fallen(model, [choices[index]])));
    }

    // scripts/fixed-dimensions runs it.
    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Models))]
    public void Every_symbol_fixed_alone_and_all_fixed_together(string name)
    {
        var model = Testing.Zoo.LoadTopology(name);
        Assert.Equal("", string.Join(Environment.NewLine, Fallen(model, Choices(Symbols(model)))));
    }

    // The choices of sizes at which a share falls, in words.
    private static List<string> Fallen(OnnxModel model, IEnumerable<Dictionary<string, long>> choices)
    {
        var fell = new List<string>();
        foreach (var sizes in choices)
        {
            var before = Shares(model, sizes);
            var concrete = Fixing(model, sizes);
            foreach (var (form, variant) in new[] { ("declared", concrete), ("folded", Folding(concrete)) })
            {
                var after = Shares(variant, sizes);
                if (after.Zip(before).Any(p => p.First < p.Second - Tolerance))
                    fell.Add($"{string.Join(' ', sizes.Select(s => $"{s.Key}={s.Value}"))} {form}: {InWords(before)} -> {InWords(after)}");
            }
        }
        return fell;
    }

    private static List<string> Symbols(OnnxModel model) =>
        [.. model.Proto.Graph.Input.SelectMany(Valuation.Symbols).Distinct(StringComparer.Ordinal)];

    // Every symbol alone at all its sizes, and all symbols at the sizes of one row.
    private static IEnumerable<Dictionary<string, long>> Choices(List<string> symbols)
    {
        foreach (string symbol in symbols)
            foreach (long size in SizesOf(symbol)) yield return new Dictionary<string, long> { [symbol] = size };
        if (symbols.Count == 1) yield break;
        for (int row = 0; row < Batches.Length; row++)
            yield return symbols.ToDictionary(s => s, s => SizesOf(s)[row % SizesOf(s).Length], StringComparer.Ordinal);
    }

    private static long[] SizesOf(string symbol) => symbol switch
    {
        "batch" => Batches,
        "seq" => Sequences,
        _ => Images,
    };

    private static OnnxModel Fixing(OnnxModel model, IReadOnlyDictionary<string, long> sizes)
    {
        var proto = model.Proto.Clone();
        foreach (var info in proto.Graph.Input.Concat(proto.Graph.Output).Concat(proto.Graph.ValueInfo))
        {
            foreach (var dimension in info.Type?.TensorType?.Shape?.Dim ?? [])
                if (sizes.TryGetValue(dimension.DimParam, out long size)) dimension.DimValue = size;
        }
        return model with { Proto = proto };
    }

    // What an exporter writes that knows all sizes: numbers in place of the arithmetic on them.
    private static OnnxModel Folding(OnnxModel model)
    {
        var analysis = ModelAnalysis.Run(model);
        var proto = analysis.Graph.Model.Clone();
        var known = analysis.Graph.Values
            .Where(v => v is { Producer: not null, IsOutput: false } && analysis.Shapes[v].Content is { IsConstant: true })
            .ToDictionary(v => v.Name, v => analysis.Shapes[v].Content!.ToProto(v.Name), StringComparer.Ordinal);
        foreach (var node in proto.Graph.Node.Where(n => n.Output.Any(known.ContainsKey) && n.Output.All(o => o.Length == 0 || known.ContainsKey(o))).ToList())
        {
            proto.Graph.Node.Remove(node);
            proto.Graph.Initializer.AddRange(node.Output.Where(known.ContainsKey).Select(o => known[o]));
        }
        return model with { Proto = proto };
    }

    // Exact and all groups: parameters, then MACs.
    private static double[] Shares(OnnxModel model, IReadOnlyDictionary<string, long> sizes)
    {
        var analysis = ModelAnalysis.Run(model, sizes);
        var (exact, all) = (Coverage.Of(analysis, g => g.IsExact), Coverage.Of(analysis, _ => true));
        return [exact.Parameters, exact.Macs, all.Parameters, all.Macs];
    }

    private static string InWords(double[] shares) => string.Join('/', shares.Select(s => $"{100 * s:f1}"));
}
