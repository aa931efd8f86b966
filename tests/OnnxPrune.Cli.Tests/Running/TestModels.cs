using Google.Protobuf;
using Onnx;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Running;

/// <summary>Models of the tests: two trained ones, and small ones with a purpose.</summary>
internal static class TestModels
{
    /// <summary>LeNet on MNIST, relative to the repository's folder.</summary>
    public const string LeNet = "models/lenet-mnist.onnx";

    /// <summary>ResNet-20 on CIFAR-10.</summary>
    public const string ResNet = "models/resnet20-cifar10.onnx";

    /// <summary>Images for LeNet, with labels.</summary>
    public static readonly string[] Mnist = ["--data", "models/mnist-test-x.npy", "--labels", "models/mnist-test-y.npy"];

    private const string SmallText = """
        <ir_version: 8, opset_import: ["" : 17, "com.example" : 1]>
        small (float[batch,3,8,8] image) => (float[batch,5] scores)
        <
            float[8,3,3,3] stem_weight = normal 0.2,
            float[8] bn_scale = uniform 0.5 1.5, float[8] bn_bias = normal 0.1, float[8] bn_mean = normal 0.1, float[8] bn_var = uniform 0.5 1.5,
            float[8,8,3,3] block_weight = normal 0.1,
            float[4,8,1,1] side_weight = normal 0.3,
            float[6,4,1,1] back_weight = normal 0.3,
            float[6,12] hidden_weight = normal 0.3,
            float[12] norm_scale = uniform 0.5 1.5,
            float[12,5] head_weight = normal 0.3,
            float[batch,4,8,8] m
        >
        {
            [stem] s = Conv <pads = [1,1,1,1]> (image, stem_weight)
            [bn] b = BatchNormalization (s, bn_scale, bn_bias, bn_mean, bn_var)
            [relu] r = Relu (b)
            [block] c = Conv <pads = [1,1,1,1]> (r, block_weight)
            [add] a = Add (r, c)
            [side] d = Conv (a, side_weight)
            [mystery] m = com.example.Mystery (d)
            [back] e = Conv (m, back_weight)
            [pool] p = GlobalAveragePool (e)
            [flat] f = Flatten (p)
            [hidden] h = MatMul (f, hidden_weight)
            [norm] n = LayerNormalization <axis = -1> (h, norm_scale)
            [head] scores = MatMul (n, head_weight)
        }
        """;

    /// <summary>A small network with a residual, an unknown operator and a normalization over channels, as a file.</summary>
    public static string Small(TemporaryFolder folder) => Write(folder, "small.onnx", SmallText);

    /// <summary>A model in ONNX's textual syntax as a file.</summary>
    public static string Write(TemporaryFolder folder, string name, string text) => Write(folder, name, OnnxText.Parse(text));

    /// <summary>A model as a file.</summary>
    public static string Write(TemporaryFolder folder, string name, ModelProto model)
    {
        File.WriteAllBytes(folder.File(name), model.ToByteArray());
        return folder.File(name);
    }

    /// <summary>A model from a file.</summary>
    public static ModelProto Read(string path) => ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
}
