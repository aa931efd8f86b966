using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace OnnxPrune.Cli.Tests.Running;

/// <summary>Deliberate damage to models, which verification must see.</summary>
internal static class Tampering
{
    /// <summary>Copies a model with one weight of its first convolution changed.</summary>
    public static void ChangeWeight(string path, string copy) => Change(path, copy, weights => weights[0] += 1);

    /// <summary>Copies a model with two output channels of its first convolution exchanged, their consumers left as they are.</summary>
    public static void ExchangeChannels(string path, string copy) => Change(path, copy, weights =>
    {
        int channel = weights.Length / ChannelsOf(path);
        float[] first = weights[..channel];
        weights.AsSpan(channel, channel).CopyTo(weights);
        first.CopyTo(weights, channel);
    });

    private static int ChannelsOf(string path) => (int)FirstKernel(TestModels.Read(path)).Dims[0];

    private static TensorProto FirstKernel(ModelProto model) => model.Graph.Initializer.First(t => t.Dims.Count == 4 && t.Dims[0] > 1);

    private static void Change(string path, string copy, Action<float[]> change)
    {
        var model = TestModels.Read(path);
        var kernel = FirstKernel(model);
        float[] weights = MemoryMarshal.Cast<byte, float>(kernel.RawData.Span).ToArray();
        change(weights);
        kernel.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(weights));
        File.WriteAllBytes(copy, model.ToByteArray());
    }
}
