using OnnxPrune.Runtime.Tests.Calibration;

namespace OnnxPrune.Runtime.Zoo;

/// <summary>Topologies are pruned with synthetic calibration and recovered: nothing fails or is left out, and recovery makes nothing worse.</summary>
public class CalibratedZooTests
{
    [Theory]
    [InlineData("crnn")]
    [InlineData("espcn")]
    [InlineData("gru_bi")]
    [InlineData("lstm_bi")]
    [InlineData("mlp_mixer")]
    public void A_topology_is_pruned_with_calibration_and_recovered(string name) => Check(name);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("bert_small")]
    [InlineData("cifar_option_a")]
    [InlineData("gan_generator")]
    [InlineData("gpt2_small")]
    [InlineData("llama_small")]
    [InlineData("mobilenet_v2")]
    [InlineData("resnet18")]
    [InlineData("seq2seq_small")]
    [InlineData("unet_resize")]
    [InlineData("yolo_c2f")]
    public void A_larger_topology_is_pruned_with_calibration_and_recovered(string name) => Check(name);

    private static void Check(string name)
    {
        var pruned = CalibratedPruning.Of(Testing.Zoo.Load(name), "params=80%", samples: 2).AssertSound();
        Assert.Empty(pruned.Notes);
    }
}
