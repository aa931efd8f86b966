using OnnxPrune.Groups;
using OnnxPrune.Testing;

namespace OnnxPrune.Zoo;

/// <summary>The coverage that inference must reach on every topology of the zoo: never fewer groups, never a smaller share.</summary>
public class ZooTableTests
{
    public static TheoryData<string> Models => [.. Testing.Zoo.Names];

    // Exact groups, and the share of parameters on an axis of one, in percent.
    private static readonly Dictionary<string, (int Groups, double Share)> Table = new()
    {
        ["alexnet"] = (7, 99.99),
        ["bert_small"] = (13, 91.5),
        ["cifar_option_a"] = (11, 99.99),
        ["convnext_tiny"] = (18, 90.6),
        ["crnn"] = (3, 99.99),
        ["densenet121"] = (120, 99.99),
        ["efficientnet_b0"] = (40, 99.98),
        ["espcn"] = (2, 99.96),
        ["gan_generator"] = (4, 100),
        ["googlenet"] = (57, 99.98),
        ["gpt2_small"] = (12, 88.8),
        ["gru_bi"] = (3, 99.99),
        ["llama_small"] = (20, 89.69),
        ["lraspp_mobilenet_v3"] = (30, 99.99),
        ["lstm_bi"] = (3, 99.99),
        ["mlp_mixer"] = (6, 88.0),
        ["mobilenet_v2"] = (25, 99.97),
        ["mobilenet_v3_large"] = (30, 99.98),
        ["nhwc_cnn"] = (3, 100),
        ["regnet_y_400mf"] = (69, 99.98),
        ["resnet18"] = (12, 99.99),
        ["resnet50"] = (37, 99.99),
        ["resnext50_32x4d"] = (53, 99.99),
        ["seq2seq_small"] = (23, 92.4),
        ["shufflenet_v2_x1_0"] = (25, 99.4),
        ["squeezenet1_1"] = (25, 99.9),
        ["swin_t"] = (36, 91.1),
        ["unet_resize"] = (17, 99.99),
        ["unet_transposed"] = (17, 99.99),
        ["vgg16_bn"] = (15, 99.99),
        ["vit_b_16"] = (48, 98.2),
        ["yolo_c2f"] = (59, 99.99),
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_topology_keeps_its_groups_and_its_share(string name)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.LoadTopology(name));
        var (groups, share) = Table[name];
        Assert.Empty(analysis.Warnings);
        Assert.InRange(analysis.Groups.Count(g => g.IsExact), groups, int.MaxValue);
        Assert.InRange(Math.Round(100 * Coverage.Of(analysis, g => g.IsExact).Parameters, 2), share, 100);
        Assert.InRange(Math.Round(100 * Coverage.Of(analysis, _ => true).Parameters, 2), 99, 100);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_value_of_a_topology_has_a_shape(string name)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.LoadTopology(name));
        var unknown = analysis.Graph.Values.Where(v => analysis.Shapes[v].Shape?.All(s => s.IsKnown) != true);
        Assert.Empty(unknown.Select(v => v.Name));
    }
}
