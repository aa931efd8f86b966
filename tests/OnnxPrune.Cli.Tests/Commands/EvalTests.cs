using OnnxPrune.Cli.Tests.Running;

namespace OnnxPrune.Cli.Tests.Commands;

public class EvalTests
{
    [Fact]
    public void Accuracy_is_measured_on_labelled_data()
    {
        var result = Tool.RunProcess(["eval", TestModels.LeNet, .. TestModels.Mnist]).Succeeded();

        Assert.Matches(@"\| top 1 +\| +99\.\d\d% \|", result.Output);
        Assert.Matches(@"\| samples +\| +1,000 \|", result.Output);
    }

    [Fact]
    public void Data_of_another_shape_is_refused() =>
        Tool.Run("eval", TestModels.LeNet, "--data", "models/cifar10-test-x.npy", "--labels", "models/cifar10-test-y.npy").FailedWith("OP2002");
}
