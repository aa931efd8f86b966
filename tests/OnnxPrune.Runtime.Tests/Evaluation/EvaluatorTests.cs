using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Runtime.Evaluation;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Data;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Evaluation;

/// <summary>The classifier here gives its input back, so that the data are the scores.</summary>
public class EvaluatorTests
{
    private const int Classes = 6;

    [Fact]
    public void Top_1_and_top_5_are_counted()
    {
        // Sample i scores class c with -(c - i)²: its best class is i, and from i = 3 on five classes are better than class 0.
        var data = Scores(6, (i, c) => -(c - i) * (c - i));

        Assert.Equal(new Accuracy(6, 1, 1), Evaluate("N", data, Labels(0, 1, 2, 3, 4, 5)));
        Assert.Equal(new Accuracy(6, 1 / 6.0, 0.5), Evaluate("N", data, Labels(0, 0, 0, 0, 0, 0)));
    }

    [Fact]
    public void Equal_scores_go_to_the_lower_class() =>
        Assert.Equal(new Accuracy(2, 0.5, 1), Evaluate("N", Scores(2, (_, _) => 1), Labels(0, 1)));

    [Fact]
    public void Scores_that_are_not_numbers_are_misses() =>
        Assert.Equal(new Accuracy(2, 0, 0), Evaluate("N", Scores(2, (_, _) => double.NaN), Labels(0, 1)));

    [Theory]
    [InlineData("1")]
    [InlineData("4")]
    [InlineData("N")]
    public void A_fixed_batch_gives_the_same_as_a_free_one(string batch)
    {
        var data = Scores(250, (i, c) => (i * 7 + c * 5) % 11);
        var labels = Labels([.. Enumerable.Range(0, 250).Select(i => i % Classes)]);

        Assert.Equal(Evaluate("N", data, labels), Evaluate(batch, data, labels));
    }

    [Fact]
    public void Fewer_labels_than_samples_are_refused() => Fails("N", Scores(3, (_, _) => 0), Labels(0, 1), "3 samples need 3 labels");

    [Theory]
    [InlineData(6)]
    [InlineData(-1)]
    public void A_label_that_is_no_class_is_refused(int label) => Fails("N", Scores(2, (_, _) => 0), Labels(0, label), $"label {label} of sample 1");

    [Fact]
    public void Data_of_another_shape_is_refused() =>
        Fails("N", new NumpyArray([2, 5], new NumpyElements("f4", new byte[40])), Labels(0, 1), "has [N,6]");

    [Fact]
    public void Evaluation_can_be_cancelled() => Assert.Throws<OperationCanceledException>(
        () => Evaluator.Evaluate(Model("N"), Scores(2, (_, _) => 0), Labels(0, 1), ExecutionProvider.Cpu, new CancellationToken(canceled: true)));

    [Fact]
    public void Resnet20_classifies_its_test_images()
    {
        var data = NumpyArray.Load(RepositoryRoot.Model("cifar10-test-x.npy"));
        var labels = NumpyArray.Load(RepositoryRoot.Model("cifar10-test-y.npy"));

        var accuracy = Evaluator.Evaluate(ModelFile.Load(RepositoryRoot.Model("resnet20-cifar10.onnx")), data, labels, ExecutionProvider.Cpu);

        Assert.Equal(data.Samples, accuracy.Samples);
        Assert.InRange(accuracy.Top1, 0.4, 1);
        Assert.InRange(accuracy.Top5, accuracy.Top1, 1);
    }

    private static OnnxModel Model(string batch) => new(OnnxText.Parse($$"""g (float[{{batch}},6] x) => (float[{{batch}},6] y) { z = Neg (x)  y = Neg (z) }"""));

    private static Accuracy Evaluate(string batch, NumpyArray data, NumpyArray labels) =>
        Evaluator.Evaluate(Model(batch), data, labels, ExecutionProvider.Cpu);

    private static void Fails(string batch, NumpyArray data, NumpyArray labels, string reason)
    {
        var failure = Assert.Throws<OnnxPruneException>(() => Evaluate(batch, data, labels));
        Assert.Equal(ErrorCodes.InvalidData, failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private static NumpyArray Scores(int samples, Func<int, int, double> score)
    {
        double[] values = [.. from i in Enumerable.Range(0, samples) from c in Enumerable.Range(0, Classes) select score(i, c)];
        return new NumpyArray([samples, Classes], new NumpyElements("f8", NumpyArrayTests.Bytes(values)));
    }

    private static NumpyArray Labels(params int[] labels) => new([labels.Length], new NumpyElements("i4", NumpyArrayTests.Bytes(labels)));
}
